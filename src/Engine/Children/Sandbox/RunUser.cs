namespace Decant.Engine.Children.Sandbox;

/// <summary>A user number that no other run of this process has at the time.</summary>
internal sealed class RunUser : IDisposable
{
    private const int Count = 500;

    private static readonly Lock Gate = new();
    private static readonly HashSet<int> Taken = [];
    private static int _last = Random.Shared.Next(Count);

    private readonly int _number;

    private RunUser(int number) => _number = number;

    /// <returns>Null where we are not root, and every run is our own user; or all are taken.</returns>
    public static RunUser? TryTake(SandboxOptions options)
    {
        if (!Environment.IsPrivilegedProcess)
            return null;
        lock (Gate)
            for (var tried = 0; tried < Count; tried++)
            {
                _last = (_last + 1) % Count;
                if (Taken.Add(options.FirstUser + _last))
                    return new RunUser(options.FirstUser + _last);
            }
        return null;
    }

    public int Number => _number;

    public void Dispose()
    {
        lock (Gate)
            Taken.Remove(_number);
    }
}
