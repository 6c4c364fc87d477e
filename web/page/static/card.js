// Puts what a card stands for into the page, once somebody asks for it.

for (const card of document.querySelectorAll(".card[data-frame]")) {
  const button = card.querySelector("button");
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = card.dataset.frame;
    frame.title = card.dataset.title;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
    frame.allowFullscreen = true;
    card.firstElementChild.replaceWith(frame);
    frame.focus();
  });
}
