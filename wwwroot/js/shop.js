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

// The search box proposes: what was searched for here before, and while one types, names that the shop has.
const box = document.querySelector('search input[name=q][list]');
if (box) {
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem('searches')) ?? [];
    } catch {
      return []; // somebody else's, or a browser that keeps nothing
    }
  };
  const propose = words => document.getElementById(box.getAttribute('list')).replaceChildren(...words.map(word => new Option(word, word)));
  let waiting;
  box.addEventListener('focus', () => box.value || propose(kept()));
  box.addEventListener('input', () => {
    clearTimeout(waiting);
    const text = box.value.trim();
    waiting = setTimeout(async () => {
      const names = text ? await fetch(`/courses/suggest?q=${encodeURIComponent(text)}`).then(answer => answer.ok ? answer.json() : [], () => []) : kept();
      if (text === box.value.trim()) propose(names);
    }, 150);
  });
  box.form.addEventListener('submit', () => {
    const text = box.value.trim();
    if (text) localStorage.setItem('searches', JSON.stringify([text, ...kept().filter(word => word !== text)].slice(0, 8)));
  });
}
