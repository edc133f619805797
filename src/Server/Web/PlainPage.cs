namespace Decant.Server.Web;

/// <summary>The page where the built one is missing, as on a machine without Node.</summary>
internal static class PlainPage
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width">
          <title>Decant</title>
          <h1>Decant</h1>
          <p>A media extraction service: give it a URL, get the audio or video.</p>
          <p>The page for people is not built on this machine: install Node 18 or newer with npm, and start again with <code>./decant serve</code>.
          The HTTP API is complete without: <a href="/docs">every endpoint, to read and to try</a>.</p>
        </html>
        """;
}
