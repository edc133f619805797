namespace Decant.Engine.Extracting.YtDlp;

/// <summary>Pauses before restarts of the worker: none after a single crash, then 0.5 s, 1 s, 2 s … up to 30 s.</summary>
internal sealed class RestartPauses(TimeProvider time)
{
    /// <summary>A life this long was a good one: the next may begin at once.</summary>
    private static readonly TimeSpan GoodLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int _shortLives;

    /// <param name="began">Timestamp of the beginning of a life that has just ended.</param>
    public TimeSpan After(long began)
    {
        _shortLives = time.GetElapsedTime(began) >= GoodLife ? 0 : _shortLives + 1;
        var pause = _shortLives < 2 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_shortLives - 3, 8)));
        return pause < Longest ? pause : Longest;
    }
}
