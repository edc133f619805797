using Decant.Cli.Output;
using Decant.Engine;
using Spectre.Console;

namespace Decant.Cli.Progress;

/// <summary>A progress bar that fills in place.</summary>
internal sealed class ProgressBar(IAnsiConsole console) : IProgressDisplay
{
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

    private sealed class Watcher(ProgressTask task) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value)
        {
            task.Description = ProgressLines.Describe(value).EscapeMarkup();
            task.Value = value.Percent;
        }
    }
}
