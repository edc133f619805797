using Decant.Engine.Fetching;

namespace Decant.Engine.Converting;

/// <summary>File that ffmpeg writes, on its way to the disk while it grows and while it is verified: it is not waited for at the end.</summary>
internal sealed class OutputFlush(string path)
{
    private long _begun;

    /// <summary>Starts writing to the disk what has come since the last call; to be called now and then while the file grows.</summary>
    public void Grown()
    {
        if (SizeOf() is { } size && size - _begun >= EarlyFlush.Step)
        {
            _begun = size;
            Begin();
        }
    }

    /// <summary>Starts writing the rest to the disk: the file is complete.</summary>
    public void Whole()
    {
        if (SizeOf() > _begun)
        {
            Begin();
        }
    }

    private long? SizeOf() => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    private void Begin()
    {
        try
        {
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            EarlyFlush.Begin(file);
        }
        catch (IOException)
        {
            // It is a hint: what is wrong with the file, whoever reads it will say.
        }
    }
}
