using Decant.Server.Health;

namespace Decant.Cli.Doctor;

/// <summary>Looks at the room on the disks.</summary>
internal static class DiskCheckup
{
    public static IEnumerable<Finding> Run(string dataDirectory)
    {
        var data = Path.GetFullPath(dataDirectory);
        if (Directory.Exists(data))
        {
            yield return Describe("disk", data, "choose another with --data");
        }

        yield return Describe("scratch", Path.GetTempPath(), "name another in TMPDIR");
    }

    private static Finding Describe(string name, string directory, string remedy)
    {
        var free = new DriveInfo(directory).AvailableFreeSpace;
        var what = $"{free >> 20} MiB free under {directory}";
        return free >= DiskSpace.Least
            ? new(name, FindingState.Ok, what)
            : new(
                name,
                FindingState.Problem,
                $"{what}: jobs of ordinary size want {DiskSpace.Least >> 20}. Make room, or {remedy}."
            );
    }
}
