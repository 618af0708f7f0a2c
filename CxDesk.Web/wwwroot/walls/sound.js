// The sound of a wall, while an element says [data-sound="1…5"]: a chime, longer, louder and closer together the longer
// nobody takes the case. What the element says is the server's word, so every screen falls silent when the case is taken.
(() => {
  const root = document.documentElement;
  const chimes = [
    null,
    { every: 15000, gain: .06, notes: [523] },
    { every: 10000, gain: .1, notes: [523, 659] },
    { every: 6000, gain: .16, notes: [523, 659, 784] },
    { every: 4000, gain: .24, notes: [659, 784, 988] },
    { every: 2500, gain: .34, notes: [784, 988, 1175, 988] },
  ];
  let audio = null, level = 0, next = 0;

  // Without the server nobody knows whether the case was taken meanwhile.
  const wanted = () => root.hasAttribute('data-disconnected') ? 0 : Number(document.querySelector('[data-sound]')?.dataset.sound ?? 0);

  function chime({ gain, notes }) {
    notes.forEach((note, i) => {
      const [at, tone, volume] = [audio.currentTime + i * .22, audio.createOscillator(), audio.createGain()];
      tone.frequency.value = note;
      volume.gain.setValueAtTime(0, at);
      volume.gain.linearRampToValueAtTime(gain, at + .02);
      volume.gain.exponentialRampToValueAtTime(.001, at + .6);
      tone.connect(volume).connect(audio.destination);
      tone.start(at);
      tone.stop(at + .65);
    });
  }

  // A browser may refuse sound until somebody has touched the page, which nobody does at a wall: then the wall says so.
  function allowed() {
    audio ??= new AudioContext();
    if (audio.state !== 'running') audio.resume().catch(() => {});
    root.toggleAttribute('data-sound-blocked', audio.state !== 'running');
    return audio.state === 'running';
  }

  function look() {
    const now = wanted();
    if (now !== level) {
      [level, next] = [now, 0];
      if (!level) {
        root.removeAttribute('data-sound-blocked');
        root.removeAttribute('data-sounding');
        audio?.close();
        audio = null;
      }
    }
    if (!level || !allowed()) return;
    root.dataset.sounding = level;
    if (performance.now() < next) return;
    next = performance.now() + chimes[level].every;
    chime(chimes[level]);
  }

  setInterval(look, 500);
  for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, look);
})();
