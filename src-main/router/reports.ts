import { os } from './implementer.ts';
import type { Services } from './services.ts';

export function reportsRoom(services: Services) {
  return {
    export: os.reports.export.handler(async ({ input }) => ({
      files: await services.exportReport(input.comparison, input.formats, input.folder).result,
    })),
    list: os.reports.list.handler(() => services.listReports()),
  };
}
