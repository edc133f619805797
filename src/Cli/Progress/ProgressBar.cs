using Decant.Cli.Output;
using Decant.Engine;
using Spectre.Console;

namespace Decant.Cli.Progress;

/// <summary>A progress bar that fills in place.</summary>
internal sealed class ProgressBar(IAnsiConsole console) : IProgressDisplay
{
    private const int LongestName = 40;

    public Task<T> ShowAsync<T>(Func<IProgress<EngineProgress>, Task<T>> run) =>
        console
            .Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn()
            )
            .StartAsync(async context =>
            {
                var task = context.AddTask("resolving");
                var result = await run(new Watcher(task));
                task.Value = task.MaxValue;
                return result;
            });

    public Task<T> ShowSeveralAsync<T>(Func<Func<string, IProgress<EngineProgress>>, Task<T>> run) =>
        console
            .Progress()
            .AutoClear(false)
            .HideCompleted(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn()
            )
            .StartAsync(context =>
                run(name => new Watcher(context.AddTask(Short(name).EscapeMarkup()), Short(name) + ": "))
            );

    /// <summary>The name, cut so that its bar stays on one line.</summary>
    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName] + "…";

    private sealed class Watcher(ProgressTask task, string before = "") : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value)
        {
            task.Description = (before + ProgressLines.Describe(value)).EscapeMarkup();
            task.Value = value.Percent;
        }
    }
}
