import { findParent } from '#main/lab/parent.ts';
import type { ToInspector } from './protocol.ts';
import { createSession } from './session.ts';

/*
 * The inspector process: looks into trained networks, so that neither the window nor the main process is held up by arithmetic. It is
 * started by a host when something is first looked into.
 */

const parent = findParent('inspector');
const session = createSession(parent.post);
parent.onMessage((message) => session.receive(message as ToInspector));
