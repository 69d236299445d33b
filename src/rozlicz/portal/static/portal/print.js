// "Drukuj": shown only where scripts run, since nothing else can open the print window; the PDF serves everybody.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
