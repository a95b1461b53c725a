import { ipcRenderer } from 'electron';

/**
 * All that reaches from the page to the main process: the page asks for a wire, and gets one end of a channel whose other end
 * answers the contract. Nothing of Electron or Node is put into the page's world.
 */
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data !== 'hark:connect') return;
  const { port1, port2 } = new MessageChannel();
  ipcRenderer.postMessage('hark:connect', null, [port1]);
  window.postMessage('hark:port', '*', [port2]);
});
