namespace Decant.Engine.Tests.Extracting.YtDlp;

/// <summary>A copy of the machine's own extractor in a folder of its own, which calls itself another version.</summary>
internal sealed class ExtractorCopy : IDisposable
{
    private const string Original = "/usr/lib/python3/dist-packages/yt_dlp";

    public ExtractorCopy(string version)
    {
        CopyAll(Original, Package);
        Call(version);
    }

    /// <summary>For <see cref="EngineOptions.ExtractorFolder"/>.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("decant-copy-").FullName;

    private string Package => Path.Combine(Folder, "yt_dlp");

    /// <summary>As an update would: another file in the old one's place.</summary>
    public void Call(string version) => Replace("version.py", text => $"{text}\n__version__ = '{version}'\n");

    /// <summary>Text that is no Python, in a module that each start imports.</summary>
    public void Break() => Replace("YoutubeDL.py", _ => "def (\n");

    /// <summary>A module that nothing imports before a page wants it.</summary>
    public void BreakLateModule(string name) => Replace(Path.Combine("extractor", name), _ => "def (\n");

    /// <summary>A site's pattern that tries every way to cut a row of letters up before it gives up.</summary>
    public void Backtrack() => Claim("https?://[^/]+/(?:a+)+$");

    /// <summary>Gives a site's extractor another pattern of what is its own.</summary>
    public void Claim(string pattern)
    {
        foreach (var module in new[] { "mediasite.py", "lazy_extractors.py" })
        {
            Replace(Path.Combine("extractor", module), text => $"{text}\nMediasiteIE._VALID_URL = r'{pattern}'\n");
        }
    }

    /// <summary>An extractor that a page has taken over: Python that is run in place of looking at the page, and says a text.</summary>
    public void TakeOver(string python) =>
        Replace(
            Path.Combine("extractor", "generic.py"),
            text =>
                $$"""
                    {{text}}
                    original = GenericIE._real_extract
                    def taken_over(self, url):
                        if not url.startswith('http') or '.invalid/' in url:
                            return original(self, url)
                    {{string.Join('\n', python.Split('\n').Select(line => $"    {line}"))}}
                        return {'id': 'x', 'title': said, 'url': 'https://a.invalid/a.mp4', 'ext': 'mp4'}
                    GenericIE._real_extract = taken_over

                    """
        );

    /// <summary>The same of what downloads over HTTP: Python that is run in place of downloading to <c>filename</c>.</summary>
    public void TakeOverDownloads(string python) =>
        Replace(
            Path.Combine("downloader", "http.py"),
            text =>
                $$"""
                    {{text}}
                    def taken_over(self, filename, info_dict):
                    {{string.Join('\n', python.Split('\n').Select(line => $"    {line}"))}}
                    HttpFD.real_download = taken_over

                    """
        );

    /// <summary>Where a file of its package lies.</summary>
    public string At(string name) => Path.Combine(Package, name);

    /// <summary>As it was before <see cref="Break"/>.</summary>
    public void Mend() =>
        File.Copy(Path.Combine(Original, "YoutubeDL.py"), Path.Combine(Package, "YoutubeDL.py"), true);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Replace(string name, Func<string, string> change)
    {
        var path = Path.Combine(Package, name);
        var made = path + ".new";
        File.WriteAllText(made, change(File.ReadAllText(path)));
        File.Move(made, path, overwrite: true);
    }

    private static void CopyAll(string from, string to)
    {
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
        {
            var copy = Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder))).FullName;
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                // Keeps the time, by which Python knows that a compiled module is of this text.
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            }
        }
    }
}
