// Sub-workflows, opened level by level.
import { useState } from "preact/hooks";
import { segment } from "../data/client";
import { useLoad } from "../data/load";
import { href } from "../shell/router";
import { duration, parseDate } from "../parts/format";
import { Empty, State, View } from "../parts/views";

interface Task {
  id: string;
  name: string;
  state: string;
}

interface Child {
  id: string;
  workflow_name: string;
  state: string;
  created_at: string;
  updated_at: string | null;
}

const PAGE = 100;

export function Tree({ id }: { id: string }) {
  return <Level id={id} depth={0} />;
}

function Level({ id, depth }: { id: string; depth: number }) {
  const tasks = useLoad<{ tasks: (Task & { type: string })[]; next?: string }>(`/v2/executions/${segment(id)}/tasks?fields=id,name,state,type&limit=1000`, 10_000);
  return (
    <View of={tasks}>
      {(data) => {
        const below = data.tasks.filter((task) => task.type === "WORKFLOW");
        if (!below.length) return depth ? <p class="muted">nothing below</p> : <Empty><p>This run has started no other workflows.</p></Empty>;
        return <ul class="tree">{below.slice(0, PAGE).map((task) => <OfTask key={task.id} task={task} depth={depth} />)}{(below.length > PAGE || data.next) && <li class="muted">More are not shown; see the tasks.</li>}</ul>;
      }}
    </View>
  );
}

function OfTask({ task, depth }: { task: Task; depth: number }) {
  const [isOpen, open] = useState(depth === 0);
  const children = useLoad<{ executions: Child[]; next?: string }>(isOpen ? `/v2/tasks/${segment(task.id)}/workflow_executions?limit=${PAGE}` : undefined, 10_000);
  return (
    <li>
      <button class="json-fold" aria-expanded={isOpen} onClick={() => open(!isOpen)}>{isOpen ? "▾" : "▸"} <State state={task.state} /> {task.name}</button>
      {isOpen && <View of={children}>{(data) => <ul class="tree">{data.executions.map((one) => <OfChild key={one.id} child={one} depth={depth} />)}{data.next && <li class="muted">Only the first {PAGE} are shown.</li>}</ul>}</View>}
    </li>
  );
}

function OfChild({ child, depth }: { child: Child; depth: number }) {
  const [isOpen, open] = useState(false);
  const [begin, end] = [parseDate(child.created_at), parseDate(child.updated_at)];
  return (
    <li>
      <button class="json-fold" aria-expanded={isOpen} aria-label={`Open ${child.id}`} onClick={() => open(!isOpen)}>{isOpen ? "▾" : "▸"}</button> <State state={child.state} />{" "}
      <a href={href(`/executions/${segment(child.id)}`)}>{child.workflow_name}</a> <span class="muted">{begin !== undefined && end !== undefined ? (end - begin < 1000 ? "< 1 s" : duration((end - begin) * 1000)) : ""} <code>{child.id}</code></span>
      {isOpen && <Level id={child.id} depth={depth + 1} />}
    </li>
  );
}
