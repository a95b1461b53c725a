import { exampleOf } from '#main/experiments/memory/example.ts';
import { os } from './implementer.ts';
import type { Services } from './services.ts';

export function memoryRoom(services: Services) {
  const { memory } = os;
  return {
    view: memory.view.handler(({ input }) => services.memory.view(input.task)),
    start: memory.start.handler(({ input }) => ({ job: services.runMemory(input).id })),
    example: memory.example.handler(({ input: { task, distance, number } }) => exampleOf(task, distance, number)),
  };
}
