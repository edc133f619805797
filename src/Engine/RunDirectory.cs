namespace Decant.Engine;

/// <summary>Directory of a run, left empty where nothing comes of it.</summary>
internal static class RunDirectory
{
    public static async Task<T> UseAsync<T>(string directory, ProgressMeter meter, Func<string, Task<T>> make)
    {
        meter.Resolving();
        var own = Path.GetFullPath(directory);
        var done = false;
        try
        {
            var result = await make(own);
            done = true;
            meter.Done();
            return result;
        }
        finally
        {
            if (!done)
                Empty(own);
        }
    }

    public static void Empty(string directory)
    {
        if (!Directory.Exists(directory))
            return;
        foreach (var child in Directory.EnumerateDirectories(directory))
            Directory.Delete(child, recursive: true);
        foreach (var file in Directory.EnumerateFiles(directory))
            File.Delete(file);
    }
}
