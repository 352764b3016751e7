// A slider moves the field that it names, and the field moves it. Without a script there is only the field.
export function joinSliders(root) {
  for (const slider of root.querySelectorAll("input[data-slides][hidden]")) {
    const field = document.getElementById(slider.dataset.slides);
    if (!field) continue;
    const follow = () => {
      const value = Number(field.value.replace(/\D/g, ""));
      if (field.value) slider.value = field.classList.contains("money") ? value : Number(field.value.replace(",", "."));
    };
    follow();
    slider.hidden = false;
    field.addEventListener("input", follow);
    slider.addEventListener("input", () => {
      field.value = slider.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}
