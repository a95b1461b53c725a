import { useMutation } from '@tanstack/react-query';
import { client } from '../../../client/client.ts';

/** Begins a search; how far it is is told by its job. */
export function useFindSuspects(dataset: number) {
  return useMutation({ mutationFn: () => client.studio.findSuspects({ dataset }) });
}
