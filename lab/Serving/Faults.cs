namespace Decant.Lab.Serving;

/// <summary>What a test wants to go wrong, by path.</summary>
public sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly List<Scripted> _scripts = [];

    /// <summary>
    /// Lets the next requests for a path fail. Several scripts of one path run one after another.
    /// </summary>
    /// <param name="path">Exactly as in the URL, without the query, such as <c>/media/small.mp4</c>.</param>
    /// <param name="times">Number of requests that it strikes before the ordinary answer is back.</param>
    public void Script(string path, Fault fault, int times = 1)
    {
        lock (_lock)
        {
            _scripts.Add(new Scripted(path, fault) { Left = times });
        }
    }

    /// <summary>The ordinary answer is back, whatever had yet to strike.</summary>
    public void Forget(string path)
    {
        lock (_lock)
        {
            _scripts.RemoveAll(script => script.Path == path);
        }
    }

    /// <summary>Whether something scripted for a path has yet to strike.</summary>
    public bool IsWaiting(string path)
    {
        lock (_lock)
        {
            return _scripts.Exists(script => script.Path == path && script.Left > 0);
        }
    }

    internal Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        Take(context.Request.Path) is { } fault ? fault.InvokeAsync(context, next) : next(context);

    private Fault? Take(string? path)
    {
        lock (_lock)
        {
            var script = _scripts.Find(script => script.Path == path && script.Left > 0);
            if (script is not null)
            {
                script.Left--;
            }

            return script?.Fault;
        }
    }

    private sealed record Scripted(string Path, Fault Fault)
    {
        public int Left { get; set; }
    }
}
