namespace Decant.Engine.Children;

/// <summary>A child that runs, in a session of its own.</summary>
internal abstract class Child : IDisposable
{
    /// <summary>Number of its first process, which is its session's.</summary>
    public abstract int Session { get; }

    /// <summary>Standard input of the child; disposing of it tells the child that there is no more.</summary>
    public abstract Stream Input { get; }

    public abstract Stream Output { get; }

    public abstract Stream Errors { get; }

    /// <summary>Exit code, once it has ended: 128 and the signal's number where a signal ended it.</summary>
    public abstract Task<int> Ended { get; }

    /// <summary>Asks the session to end.</summary>
    public abstract void Ask();

    /// <summary>Ends whatever is left of the session, and returns when the child has ended.</summary>
    public abstract Task KillAsync();

    public abstract void Dispose();
}
