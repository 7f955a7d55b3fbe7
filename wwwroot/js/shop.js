// Countdowns to absolute times, and the price of the chosen term. Pages say everything without it.
const say = document.documentElement.lang.startsWith('zh') ? { day: ' 天 ', over: '已结束' } : { day: ' d ', over: 'over' };
const clocks = [...document.querySelectorAll('time[data-countdown]')];

function tick() {
  const two = number => String(number).padStart(2, '0');
  for (const clock of clocks) {
    const left = Math.floor((Date.parse(clock.dateTime) - Date.now()) / 1000);
    const days = Math.floor(left / 86400);
    clock.textContent = left < 0 ? say.over
      : (days ? days + say.day : '') + [left / 3600 % 24, left / 60 % 60, left % 60].map(part => two(Math.floor(part))).join(':');
  }
}

for (const clock of clocks) clock.title = clock.textContent;
if (clocks.length) {
  tick();
  setInterval(tick, 1000);
}

document.querySelector('.terms')?.addEventListener('change', ({ target: { dataset: term } }) => {
  const [price, was, label] = ['price', 'was', 'label'].map(name => document.querySelector(`.band [data-${name}]`));
  if (!price) return;
  price.textContent = term.price;
  price.classList.toggle('free', !term.price.includes('¥'));
  was.textContent = term.was;
  was.hidden = !term.was;
  label.textContent = term.label;
  label.className = term.was ? 'badge' : 'note';
});
