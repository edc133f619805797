import { NavLink, ScrollArea, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import classes from './Sections.module.css';

export interface Section {
  id: string;
  label: string;
  view: () => ReactNode;
}

/** A room of several sections: a list of them beside the one that is open. */
export function Sections({ title, base, open, sections }: { title: string; base: string; open: string | undefined; sections: readonly Section[] }) {
  const current = sections.find((section) => section.id === open) ?? sections[0];
  const list = useRef<HTMLDivElement>(null);
  // On a phone the list is wider than the screen.
  useEffect(() => {
    const here = list.current?.querySelector('[aria-current]');
    const view = list.current?.closest('[data-scrollarea-viewport]');
    if (here && view) view.scrollLeft += here.getBoundingClientRect().left - view.getBoundingClientRect().left - (view.clientWidth - here.clientWidth) / 2;
  }, [current?.id]);
  return (
    <Stack gap="md">
      <Title order={1} size="h2">
        {title}
      </Title>
      <div className={classes.layout}>
        <ScrollArea type="never" component="nav" aria-label={title}>
          <div className={classes.list} ref={list}>
            {sections.map((section) => (
              <NavLink
                key={section.id}
                component={Link}
                href={`${base}/${section.id}`}
                label={section.label}
                active={section === current}
                aria-current={section === current ? 'page' : undefined}
                className={classes.item}
              />
            ))}
          </div>
        </ScrollArea>
        <section aria-labelledby="section-title" className={classes.view}>
          <Title order={2} size="h3" id="section-title" mb="md">
            {current?.label}
          </Title>
          {current?.view()}
        </section>
      </div>
    </Stack>
  );
}
