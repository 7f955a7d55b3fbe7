// A link whose page also lies in a dialog here opens the dialog instead.
document.addEventListener('click', press => {
  const dialog = document.getElementById(press.target.closest('[data-dialog]')?.dataset.dialog);
  if (dialog) {
    press.preventDefault();
    dialog.showModal();
  }
});
