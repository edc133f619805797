using Decant.Engine.Errors;
using Decant.Server.Info;

namespace Decant.Cli.Getting;

/// <summary>The addresses of a command line and of its batch file.</summary>
internal static class UrlList
{
    /// <param name="arguments">Addresses as they were typed.</param>
    /// <param name="batchFile">File with one address a line, <c>-</c> for stdin; empty lines and lines that begin with <c>#</c> say nothing.</param>
    /// <exception cref="MediaException"><c>invalid_request</c> for none at all, <c>invalid_url</c>.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<Uri> Read(IEnumerable<string> arguments, string? batchFile)
    {
        IEnumerable<string> lines = batchFile switch
        {
            null => [],
            "-" => Console.In.ReadToEnd().Split('\n'),
            _ => File.ReadLines(batchFile),
        };
        List<Uri> urls =
        [
            .. arguments
                .Concat(lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
                .Select(text => MediaUrl.Parse(text)),
        ];
        return urls.Count > 0
            ? urls
            : throw new MediaException(
                MediaError.InvalidRequest,
                "give the address of a page or file, or a file of addresses with --batch"
            );
    }
}
