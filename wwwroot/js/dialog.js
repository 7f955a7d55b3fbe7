// A link whose page also lies in a dialog here opens the dialog instead.
for (const link of document.querySelectorAll('[data-dialog]')) {
  const dialog = document.getElementById(link.dataset.dialog);
  if (dialog) {
    link.addEventListener('click', press => {
      press.preventDefault();
      dialog.showModal();
    });
  }
}
