using System.Globalization;

namespace Decant.Engine.Children;

/// <summary>Finds children that neither work nor end. One that has been taken over could keep its place for ever by sleeping.</summary>
internal static class IdleWatch
{
    /// <summary>Fields of <c>/proc/PID/stat</c> (proc(5)) behind the program's name, from the state on.</summary>
    private const int Session = 3;
    private const int FirstTime = 11;
    private const int Times = 4;

    /// <summary>Waits until a session has used no processor time from one look to the next.</summary>
    /// <param name="session">Number of the session's first process.</param>
    /// <param name="patience">Time between two looks.</param>
    /// <param name="cancellationToken">Token that ends the watch.</param>
    public static async Task WaitAsync(int session, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var looks = new PeriodicTimer(patience);
        var before = default(long?);
        while (await looks.WaitForNextTickAsync(cancellationToken))
        {
            var now = TicksOf(session);
            if (now is not null && now == before)
                return;
            before = now;
        }
    }

    /// <returns>Processor time of its processes and of those that they have waited for, in clock ticks; null where <c>/proc</c> shows none of them.</returns>
    private static long? TicksOf(int session)
    {
        var sum = default(long?);
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0]) || TryRead(process) is not { } stat)
                continue;
            // The name is the program's own, and may hold spaces and brackets.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            if (int.Parse(fields[Session], CultureInfo.InvariantCulture) != session)
                continue;
            var times = fields.Skip(FirstTime).Take(Times);
            sum = (sum ?? 0) + times.Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture));
        }
        return sum;
    }

    private static string? TryRead(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "stat"));
        }
        // It has ended since it was listed, or is hidden from us (hidepid, proc(5)).
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
