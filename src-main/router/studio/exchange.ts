import { os } from '../implementer.ts';
import type { Services } from '../services.ts';
import { exportLabelFiles, importLabelFiles } from './label-files.ts';

export function exchangeHandlers(services: Services) {
  return {
    exportLabels: os.studio.exportLabels.handler(({ input }) => exportLabelFiles(services, input).result),
    importLabels: os.studio.importLabels.handler(({ input }) => importLabelFiles(services, input).result),
  };
}
