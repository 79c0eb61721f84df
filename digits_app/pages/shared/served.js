// All of a component that is sent with each answer: the rest is a file of `digits_app/browser/`.
export default function (component) {
  const module = import(new URL(component.data[0].script, document.baseURI));
  module.then(({ receive }) => receive(component));
  return () => {
    const { parentElement } = component;
    if (!parentElement.isConnected) module.then(({ leave }) => leave?.(parentElement));
  };
}
