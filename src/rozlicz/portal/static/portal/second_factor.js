/* Joins allauth's scripts for security keys to our pages, says a sentence when a key fails; and a button that prints. */
const key = document.getElementById("key-button")
if (key) {
  const ids = { add: key.id, authenticate: key.id, credential: "id_credential", data: "key-question" }
  window.allauth.webauthn.forms[key.dataset.ceremony]({ ids })
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault()
    document.getElementById("key-trouble").hidden = false
  })
}
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false
  button.addEventListener("click", () => window.print())
}
