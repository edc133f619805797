namespace Decant.Lab;

internal static class LabDirectory
{
    /// <summary><c>.lab/</c> beside the solution this program was built from, else in the working directory.</summary>
    public static string Default { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Decant.slnx")))
            {
                return Path.Combine(at.FullName, ".lab");
            }
        }

        return Path.GetFullPath(".lab");
    }
}
