// Somebody who stays with an article for a while, or scrolls through it, has read it: said once per page, counted once a day.
const form = document.getElementById('read');
const told = `read-${location.pathname}`;
let seconds = 0;

const timer = setInterval(() => {
  if (document.hidden) return;
  seconds += 1;
  if (seconds >= 5) tell();
}, 1000);

async function tell() {
  clearInterval(timer);
  if (!form || sessionStorage.getItem(told)) return;
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) sessionStorage.setItem(told, 'yes');
  } catch {
    // the network is away: this reading is not counted
  }
}
