// Copies the teacher's link, and never shows it: this page is on the projector.
export default function ({ data, parentElement }) {
  let button = parentElement.querySelector("button");
  if (!button) {
    parentElement.insertAdjacentHTML(
      "beforeend",
      '<div class="e8 copier"><button type="button" class="btn">' +
        '<span class="ms" aria-hidden="true">link</span><span role="status">Teacher’s link</span></button></div>',
    );
    button = parentElement.querySelector("button");
  }
  const said = button.querySelector("[role=status]");
  button.title = "Copies a link with which you lead this class on another device";
  button.onclick = async () => {
    said.textContent = (await copy(data.text)) ? "Copied" : "It cannot be copied here";
    setTimeout(() => { said.textContent = "Teacher’s link"; }, 2000);
  };
}

async function copy(text) {
  // On a plain http address there is no clipboard to write to.
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(() => true, () => copyOld(text));
  }
  return copyOld(text);
}

function copyOld(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
