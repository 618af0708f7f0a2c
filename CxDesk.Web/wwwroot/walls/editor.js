// Tiles are dragged in the editor of a wall: the browser lets go only where it was told that it may, and some drag nothing that carries nothing.
(() => {
  const isCard = event => event.target.closest?.('[data-card]');

  document.addEventListener('dragstart', event => { if (isCard(event)) event.dataTransfer.setData('text/plain', ''); });
  document.addEventListener('dragover', event => { if (isCard(event)) event.preventDefault(); });
})();
