// Lets a pointer crop a picture and point at what must stay in sight, on the form #framing. The fields do the same with a
// keyboard and without this script, and what is done here is written in them.

function begin(form) {
  const stage = form.querySelector("[data-frame]");
  const field = (name) => form.elements[name];
  const crop = document.createElement("div");
  const point = document.createElement("div");
  crop.className = "crop";
  point.className = "point";
  for (const corner of ["left top", "right top", "left bottom", "right bottom"]) {
    const handle = document.createElement("div");
    handle.className = "handle " + corner;
    handle.dataset.corner = corner;
    crop.append(handle);
  }
  stage.append(crop, point);
  form.classList.add("scripted");
  const preview = form.querySelector(".cropped img");
  let waiting;

  const cut = (name) => Math.min(95, Math.max(0, Number(field(name).value) || 0));
  const draw = () => {
    for (const name of ["left", "top", "right", "bottom"]) crop.style[name] = cut(name) + "%";
    const [x, y] = [Number(field("focus-x").value), Number(field("focus-y").value)];
    point.hidden = !x;
    point.style.left = x / 10 + "%";
    point.style.top = y / 10 + "%";
  };
  const changed = () => {
    draw();
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const url = new URL(form.dataset.preview, location.href);
      for (const name of ["left", "top", "right", "bottom"]) url.searchParams.set(name, cut(name));
      preview.src = url;
    }, 400);
  };
  // where a pointer is, in thousandths of the picture.
  const place = (event) => {
    const box = stage.getBoundingClientRect();
    const part = (at, from, length) => Math.round(Math.min(1000, Math.max(0, ((at - from) / length) * 1000)));
    return [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)];
  };
  const choose = (column, row) => {
    field("focus").value = `${column}-${row}`;
  };
  stage.addEventListener("pointerdown", (event) => {
    const corner = event.target.dataset.corner;
    event.preventDefault();
    if (!corner) {
      const [x, y] = place(event);
      field("focus-x").value = Math.max(1, x);
      field("focus-y").value = Math.max(1, y);
      const [left, top] = [cut("left") * 10, cut("top") * 10];
      const third = (at, from, length) => Math.min(2, Math.max(0, Math.floor(((at - from) / length) * 3)));
      choose(third(x, left, 1000 - left - cut("right") * 10), third(y, top, 1000 - top - cut("bottom") * 10));
      draw();
      return;
    }
    stage.setPointerCapture(event.pointerId);
    const [across, down] = corner.split(" ");
    const drag = (event) => {
      const [x, y] = place(event).map((n) => Math.round(n / 10));
      const other = { left: "right", right: "left", top: "bottom", bottom: "top" };
      const most = (name) => 95 - cut(other[name]);
      field(across).value = Math.max(0, Math.min(most(across), across === "left" ? x : 100 - x));
      field(down).value = Math.max(0, Math.min(most(down), down === "top" ? y : 100 - y));
      changed();
    };
    stage.addEventListener("pointermove", drag);
    const end = () => stage.removeEventListener("pointermove", drag);
    stage.addEventListener("pointerup", end, { once: true });
    stage.addEventListener("pointercancel", end, { once: true });
  });
  form.addEventListener("input", (event) => {
    if (event.target.name !== "focus") {
      changed();
      return;
    }
    const [column, row] = event.target.value.split("-").map(Number);
    const chosen = event.target.value !== "";
    const middle = (part, from, to) => Math.round(cut(from) * 10 + ((1000 - cut(from) * 10 - cut(to) * 10) * (2 * part + 1)) / 6);
    field("focus-x").value = chosen ? middle(column, "left", "right") : "";
    field("focus-y").value = chosen ? middle(row, "top", "bottom") : "";
    draw();
  });
  draw();
}

const form = document.getElementById("framing");
if (form) begin(form);
