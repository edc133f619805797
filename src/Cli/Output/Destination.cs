using Decant.Engine;
using Decant.Engine.Errors;

namespace Decant.Cli.Output;

/// <summary>Destination of the result: a named file, a directory (the file is named after the medium), or standard output.</summary>
internal sealed record Destination
{
    private readonly bool _force;

    /// <param name="output">Value of <c>-o</c>: a file, a directory that exists, <c>-</c>, or nothing for the current directory.</param>
    /// <param name="force">Replace a file that is in the way.</param>
    /// <exception cref="MediaException"><c>invalid_request</c> where nothing could ever be put there. Found before anything is fetched.</exception>
    public Destination(string? output, bool force)
    {
        _force = force;
        IsStandardOutput = output == "-";
        if (IsStandardOutput)
        {
            Folder = Path.GetTempPath();
        }
        else if (output is null || Directory.Exists(output))
        {
            Folder = Path.GetFullPath(output ?? ".");
        }
        else
        {
            File = Path.GetFullPath(output);
            Folder = Path.GetDirectoryName(File)!;
            if (output.EndsWith('/') || !Directory.Exists(Folder))
            {
                throw Refused(
                    $"there is no directory '{(output.EndsWith('/') ? output : Folder)}' to put the file into"
                );
            }

            EnsureFree(File);
        }
    }

    public bool IsStandardOutput { get; }

    /// <summary>The file that was named; null for one that is named after the medium.</summary>
    public string? File { get; }

    /// <summary>The directory the file goes to; work is done beside it, on the same file system.</summary>
    public string Folder { get; }

    /// <summary>The file that a medium of this title will be.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> where such a file exists and is not to be replaced.</exception>
    public string PathFor(string title, string extension)
    {
        var path = File ?? Path.Combine(Folder, FileName.Clean(title, extension));
        if (!IsStandardOutput)
        {
            EnsureFree(path);
        }

        return path;
    }

    /// <summary>Path of the thumbnail of the medium at <paramref name="path"/>.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> likewise.</exception>
    public string ThumbnailPathFor(string path)
    {
        var thumbnail = Path.ChangeExtension(path, "jpg");
        EnsureFree(thumbnail);
        return thumbnail;
    }

    /// <summary>Path of subtitles of the medium at <paramref name="path"/>: players find <c>film.en.srt</c> beside <c>film.mp4</c>.</summary>
    /// <exception cref="MediaException"><c>invalid_request</c> likewise.</exception>
    public string SubtitlePathFor(string path, string language, string extension)
    {
        var subtitles = Path.ChangeExtension(path, language + extension);
        EnsureFree(subtitles);
        return subtitles;
    }

    /// <summary>Puts a finished file in its place, in one step.</summary>
    public void Place(string made, string path) => System.IO.File.Move(made, path, _force);

    private void EnsureFree(string path)
    {
        if (Directory.Exists(path))
        {
            throw Refused($"'{path}' is a directory");
        }

        if (!_force && System.IO.File.Exists(path))
        {
            throw Refused($"'{path}' exists; name another file with -o, or replace it with --force");
        }
    }

    private static MediaException Refused(string why) => new(MediaError.InvalidRequest, why);
}
