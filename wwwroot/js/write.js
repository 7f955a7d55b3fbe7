// The writing desk: asks before unsaved words are left behind, and tells where a picture is to go.
const form = document.getElementById('write');
const text = document.getElementById('text');
let isUnsaved = 'unsaved' in form.dataset;

form.addEventListener('input', () => { isUnsaved = true; });
form.addEventListener('submit', () => {
  document.getElementById('cursor').value = text.selectionStart;
  isUnsaved = false;
});
addEventListener('beforeunload', event => {
  if (isUnsaved) {
    event.preventDefault();
    event.returnValue = form.dataset.ask; // most browsers say it in their own words
  }
});
