// `st.html` takes no SVG; this puts a drawing, made by this app alone, on the page.
export default function ({ data, parentElement }) {
  let place = parentElement.querySelector(".lesson-drawing");
  if (!place) {
    place = document.createElement("div");
    place.className = "e8 lesson-drawing";
    parentElement.append(place);
  }
  if (place.drawn !== data.html) {
    place.innerHTML = data.html;
    place.drawn = data.html;
  }
}
