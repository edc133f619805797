namespace Decant.Cli.Output;

/// <summary>A private directory that goes with all it holds when the work ends, however it ends.</summary>
internal sealed class WorkDirectory : IDisposable
{
    /// <param name="parent">Parent beside the result, so that the finished file is moved and never copied.</param>
    public WorkDirectory(string parent)
    {
        Path = System.IO.Path.Combine(parent, $".decant-{System.IO.Path.GetRandomFileName()}");
        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
