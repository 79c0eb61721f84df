// All that is sent with each answer: the board itself is a file (`digits_app/browser/board/`).
export default function (component) {
  const board = import(new URL(component.data[0].script, document.baseURI));
  board.then(({ receive }) => receive(component));
  return () => {
    const { parentElement } = component;
    if (!parentElement.isConnected) board.then(({ leave }) => leave(parentElement));
  };
}
