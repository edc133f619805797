import type { Schemas } from '../api/client';

export type Job = Schemas['JobView'];
