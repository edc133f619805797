import createClient from 'openapi-fetch';
import { ApiError } from './error';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];

/** The parameters of a path's query. */
export type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } } ? NonNullable<Q> : never;

/** Calls the server that this page came from, with the session's cookie. Every refusal is thrown as an {@link ApiError}. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });

api.use({
  async onResponse({ response }) {
    if (!response.ok) throw await ApiError.of(response);
  },
  onError({ error }) {
    return error instanceof DOMException && error.name === 'AbortError' ? error : ApiError.unreachable(error);
  },
});

/** The body of an answer that has one. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  if (data === undefined) throw ApiError.unreachable(new TypeError('The answer has no body.'));
  return data;
}
