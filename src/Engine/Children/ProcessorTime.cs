namespace Decant.Engine.Children;

/// <summary>Processor time that a run may take, several times of what was seen: whoever takes more was made to, or is somebody else by now.</summary>
internal static class ProcessorTime
{
    /// <summary>Loading the program and reading the heads of its inputs.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(10);

    /// <summary>Bytes copied in a second; quick machines copy a gigabyte.</summary>
    private const double CopiedASecond = 25e6;

    /// <summary>Processor time allowed for reading or copying a file of so many bytes.</summary>
    /// <param name="bytes">Size they may have.</param>
    public static TimeSpan ToCopy(long bytes) => Least + TimeSpan.FromSeconds(bytes / CopiedASecond);
}
