import type { DownloadRequest } from './presets';

export type ScriptLanguage = 'curl' | 'Python' | 'C#';

/** The download as a script asks for it: what the page does, anybody can do. The key comes from the environment, never from here. */
export function scriptOf(language: ScriptLanguage, server: string, request: DownloadRequest): string {
  const json = JSON.stringify(request, undefined, 2);
  switch (language) {
    case 'curl':
      return [
        `curl -s ${server}/api/v1/video/download \\`,
        `  -H "X-API-Key: $DECANT_KEY" -H 'Content-Type: application/json' \\`,
        // A quote ends the shell's string, and stands between two of them.
        `  -d '${JSON.stringify(request).replaceAll("'", String.raw`'\''`)}'`,
      ].join('\n');
    case 'Python':
      return [
        'import json, os, requests',
        '',
        `answer = requests.post("${server}/api/v1/video/download",`,
        '    headers={"X-API-Key": os.environ["DECANT_KEY"]},',
        `    json=json.loads(r"""${json}"""))`,
        'answer.raise_for_status()',
        'print(answer.json()["job"]["id"])',
      ].join('\n');
    case 'C#':
      return [
        'using System.Net.Http.Json;',
        '',
        `using var http = new HttpClient { BaseAddress = new Uri("${server}") };`,
        'http.DefaultRequestHeaders.Add("X-API-Key", Environment.GetEnvironmentVariable("DECANT_KEY"));',
        'var answer = await http.PostAsync("/api/v1/video/download", new StringContent("""',
        `${json.replaceAll(/^/gm, '    ')}`,
        '    """, System.Text.Encoding.UTF8, "application/json"));',
        'Console.WriteLine(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());',
      ].join('\n');
  }
}
