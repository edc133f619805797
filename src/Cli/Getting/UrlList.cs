using Decant.Engine.Errors;
using Decant.Server.Info;
using Decant.Server.Manners;

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
                .Select(Parse),
        ];
        return urls.Count > 0
            ? urls
            : throw new MediaException(
                MediaError.InvalidRequest,
                "give the address of a page or file, or a file of addresses with --batch"
            );
    }

    /// <summary>A word that begins with a dash is an option that there is not, and the parser has taken it for one more address.</summary>
    private static Uri Parse(string word)
    {
        if (!word.StartsWith('-'))
        {
            return MediaUrl.Parse(word);
        }

        var nearest = NearestName.Of(word, GetOptions.All.SelectMany(option => option.Aliases.Append(option.Name)));
        throw new MediaException(
            MediaError.InvalidRequest,
            $"there is no option '{word}'{(nearest is null ? "; `decant get --help` lists them" : $"; did you mean '{nearest}'?")}"
        );
    }
}
