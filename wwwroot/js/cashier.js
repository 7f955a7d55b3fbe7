// The cashier and the result page: shows the time that is left, asks the server where the order stands, and moves on by itself.
const place = document.querySelector('[data-order]');
const clock = document.querySelector('[data-deadline]');
const check = document.querySelector('[data-check]');
const number = place.dataset.order;
let looks = 0;
let hasAskedAtDeadline = false;

function showTime() {
  const left = Math.max(0, Math.round((new Date(clock.getAttribute('datetime')) - Date.now()) / 1000));
  const two = value => String(value).padStart(2, '0');
  const days = Math.floor(left / 86400);
  const hours = Math.floor(left / 3600) % 24;
  clock.textContent = (days ? `${days}.` : '') + (days || hours ? `${two(hours)}:` : '') + `${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  if (left === 0 && !hasAskedAtDeadline) {
    hasAskedAtDeadline = true;
    check?.click();
  }
}

async function look() {
  try {
    const answer = await fetch(`/orders/${number}/state`, { headers: { Accept: 'application/json' } });
    if (answer.ok && (await answer.json()).state !== place.dataset.state) {
      location.assign(`/orders/${number}/result`);
      return;
    }
  } catch {
    // the network is away for a moment: the next look tries again
  }
  looks += 1;
  if ('reload' in place.dataset && looks % 5 === 0) {
    location.reload();
    return;
  }
  setTimeout(look, document.hidden ? 10000 : 3000);
}

if (clock) {
  showTime();
  setInterval(showTime, 1000);
}
setTimeout(look, 3000);
