import path from 'node:path';
import type { Store } from './store.ts';

/**
 * What a lab needs when it is opened: imports that were cut off are `partial`, removed datasets are purged with all that
 * hangs on them, and what the lab made itself is found where the lab now lies.
 * @param labFolder its real path, as imports keep it
 */
export function recoverStore(store: Store, labFolder: string): void {
  store.transaction(() => {
    store.prepare(`update dataset set state = 'partial' where state = 'importing'`).run();
    store.prepare('delete from dataset where removed_at is not null').run();
    store.prepare(`delete from step where json_extract(payload, '$.dataset') not in (select id from dataset)`).run();
    store.prepare(`update dataset set root = ? where layout = 'sample'`).run(path.join(labFolder, 'audio', 'sample'));
  })();
}
