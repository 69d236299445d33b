// The link of a registration carries its token behind the # sign, which is sent to nobody. Here it is put into the form
// that asks for it, taken out of the address, and sent. Without scripts the link is pasted by hand.
const field = document.querySelector("[data-from-address]");
if (field && location.hash.length > 1) {
  field.value = location.hash;
  history.replaceState(null, "", location.pathname);
  field.form.submit();
}
