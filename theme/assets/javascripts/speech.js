// Reads an item aloud, where the browser has a voice for Chinese; elsewhere no button appears.
"use strict";

if ("speechSynthesis" in window) {
  const buttons = document.querySelectorAll(".facts__read");
  let speaking = null; // the button whose item is being read

  const voice = () => speechSynthesis.getVoices().find(({ lang }) => /^(zh|cmn)\b/i.test(lang));
  const offer = () => {
    for (const button of buttons) button.hidden = !voice();
  };

  const stop = () => {
    speechSynthesis.cancel();
    speaking?.setAttribute("aria-pressed", "false");
    if (speaking) speaking.textContent = "朗读";
    speaking = null;
  };

  // The approved words only, a sentence at a time: browsers cut off what takes long.
  const words = ":scope > :is(h2, h3, h4, h5, h6), :scope > .measures p, :scope > tr:first-child > :is(th, td)";
  const sentences = (item) => [...item.querySelectorAll(words)]
    .flatMap(({ textContent }) => textContent.match(/[^。；;]+[。；;]?/g) ?? []);

  const read = (button) => {
    stop();
    speaking = button;
    button.setAttribute("aria-pressed", "true");
    button.textContent = "停止朗读";
    const parts = sentences(button.closest(".item"));
    for (const [index, text] of parts.entries()) {
      const utterance = Object.assign(new SpeechSynthesisUtterance(text), { lang: "zh-CN", voice: voice() });
      if (index === parts.length - 1) utterance.onend = () => { if (speaking === button) stop(); };
      speechSynthesis.speak(utterance);
    }
  };

  for (const button of buttons) {
    button.addEventListener("click", () => (speaking === button ? stop() : read(button)));
  }
  addEventListener("pagehide", stop);
  speechSynthesis.addEventListener?.("voiceschanged", offer); // voices may arrive late
  offer();
}
