using System.Diagnostics;
using System.Text.RegularExpressions;
using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Documents;

/// <summary>One Python sample of the API document, made runnable: host, key, job number and example URLs replaced, nothing else.</summary>
internal sealed partial record Sample(string File)
{
    /// <summary>The older document's paths have no <c>/video-download</c>.</summary>
    public bool OlderPaths { get; init; }

    /// <summary>Stands in for the document's job 123.</summary>
    public long JobId { get; init; }

    /// <summary>A call for samples that only define a function.</summary>
    public string Epilogue { get; init; } = "";

    /// <returns>What the sample printed; it ran to its end.</returns>
    public async Task<string> RunAsync(DecantServer server, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("decant-sample-");
        try
        {
            var script = Path.Combine(directory.FullName, "sample.py");
            await System.IO.File.WriteAllTextAsync(
                script,
                await SourceAsync(server, cancellationToken),
                cancellationToken
            );
            return await PythonAsync(script, directory.FullName, cancellationToken);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private async Task<string> SourceAsync(DecantServer server, CancellationToken cancellationToken)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Documents", "Samples", File);
        var text = await System.IO.File.ReadAllTextAsync(path, cancellationToken);
        text = text.Replace(
                "https://api.audiopod.ai",
                server.Http.BaseAddress!.ToString().TrimEnd('/'),
                StringComparison.Ordinal
            )
            .Replace("\"your_api_key\"", "api_key", StringComparison.Ordinal)
            .Replace("https://tiktok.com/@user/video/123", LabPages.TikTok, StringComparison.Ordinal);
        text = ExampleVideo().Replace(text, match => LabPages.YouTube(match.Groups["id"].Value));
        text = text.Replace("job_id = 123", $"job_id = {JobId}", StringComparison.Ordinal)
            .Replace("download_extracted_media(123,", $"download_extracted_media({JobId},", StringComparison.Ordinal);
        if (OlderPaths)
        {
            text = text.Replace("/video-download/", "/", StringComparison.Ordinal);
        }
        return $"import requests, time\napi_key = \"{DecantServer.Key}\"\n{text}\n{Epilogue}\n";
    }

    private static async Task<string> PythonAsync(string script, string directory, CancellationToken cancellationToken)
    {
        using var python = Process.Start(
            new ProcessStartInfo("/usr/bin/python3", [script])
            {
                WorkingDirectory = directory,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = python.StandardError.ReadToEndAsync(cancellationToken);
        var output = await python.StandardOutput.ReadToEndAsync(cancellationToken);
        await python.WaitForExitAsync(cancellationToken);
        Assert.True(python.ExitCode == 0, $"The sample ended with {python.ExitCode}: {await errors}");
        return output;
    }

    [GeneratedRegex(
        """https://youtube\.com/watch\?v=(?<id>\w+)""",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex ExampleVideo();
}
