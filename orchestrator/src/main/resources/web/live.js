// Tells the parts of the page that show runs when runs have changed. Several changes at once are one.
(() => {
  const live = document.getElementById('live');
  const events = new EventSource('/api/runs/events');
  let waiting = false;
  events.addEventListener('open', () => { live.textContent = 'live'; });
  events.addEventListener('error', () => { live.textContent = 'not live'; });
  events.addEventListener('run', () => {
    if (!waiting) {
      waiting = true;
      setTimeout(() => { waiting = false; htmx.trigger(document.body, 'runs-changed'); }, 300);
    }
  });
})();
