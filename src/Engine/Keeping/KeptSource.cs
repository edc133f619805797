namespace Decant.Engine.Keeping;

/// <summary>A fetched file that others may be given, too, until a run wants to change it.</summary>
/// <param name="files">Files that keep it.</param>
/// <param name="key">Key of what it holds.</param>
/// <param name="path">The run's own name of it.</param>
internal sealed class KeptSource(KeptFiles files, string key, string path)
{
    /// <summary>Takes the file back, so that nobody is given it from now on.</summary>
    /// <returns>False where somebody has been: then it is kept on, and must not change.</returns>
    public bool TryTakeBack()
    {
        files.Forget(key);
        if (HardLink.IsOnlyName(path))
        {
            return true;
        }
        Keep();
        return false;
    }

    /// <summary>Keeps it, as it is now.</summary>
    public void Keep() => files.Keep(key, path);
}
