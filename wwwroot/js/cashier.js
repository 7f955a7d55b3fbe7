// The cashier and the result page: shows the time that is left by the server's count, asks where the order stands, and moves on by itself.
const place = document.querySelector('[data-order]');
const clock = document.querySelector('[data-deadline]');
const check = document.querySelector('[data-check]');
const number = place.dataset.order;
const asked = `asked-${number}`;
let endsAt = clock ? performance.now() + Number(clock.dataset.left) * 1000 : 0;
let looks = 0;

function showTime() {
  const left = Math.max(0, Math.round((endsAt - performance.now()) / 1000));
  const two = value => String(value).padStart(2, '0');
  const days = Math.floor(left / 86400);
  const hours = Math.floor(left / 3600) % 24;
  clock.textContent = (days ? `${days}.` : '') + (days || hours ? `${two(hours)}:` : '') + `${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  if (left === 0 && !sessionStorage.getItem(asked)) {
    sessionStorage.setItem(asked, 'yes'); // at the deadline Alipay is asked once more, not for ever
    check?.click();
  }
}

async function look() {
  try {
    const answer = await fetch(place.dataset.stateAt ?? `/orders/${number}/state`, { headers: { Accept: 'application/json' } });
    if (answer.ok) {
      const { state, secondsLeft } = await answer.json();
      if (state !== place.dataset.state) {
        location.assign(place.dataset.next ?? `/orders/${number}/result`);
        return;
      }
      endsAt = performance.now() + secondsLeft * 1000;
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
