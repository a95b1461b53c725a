import { HarkError } from '#shared/domain/errors.ts';

/** Scaffolding: goes away as the room is filled. */
export function notYet(services: unknown): never {
  void services;
  throw new HarkError('unavailable', 'This is being built.');
}
